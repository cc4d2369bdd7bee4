package io.tercet.files.ftp.view;

import io.tercet.files.identity.Person;
import java.util.List;
import org.apache.ftpserver.ftplet.Authority;
import org.apache.ftpserver.ftplet.AuthorizationRequest;
import org.apache.ftpserver.ftplet.User;

/// A person who signed in over FTP. Every authority is granted here: `access` checks each file.
public record FtpUser(Person person, int idleSeconds) implements User {

  @Override
  public String getName() {
    return person.name();
  }

  /// Empty: it is not needed after the sign-in.
  @Override
  public String getPassword() {
    return "";
  }

  @Override
  public List<? extends Authority> getAuthorities() {
    return List.of();
  }

  @Override
  public List<? extends Authority> getAuthorities(Class<? extends Authority> kind) {
    return List.of();
  }

  @Override
  public AuthorizationRequest authorize(AuthorizationRequest request) {
    return request;
  }

  @Override
  public int getMaxIdleTime() {
    return idleSeconds;
  }

  @Override
  public boolean getEnabled() {
    return true;
  }

  @Override
  public String getHomeDirectory() {
    return "/home";
  }
}
