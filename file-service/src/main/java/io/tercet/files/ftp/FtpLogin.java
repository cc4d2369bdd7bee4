package io.tercet.files.ftp;

import io.tercet.files.chat.ChatClient;
import io.tercet.files.identity.Person;
import io.tercet.files.problem.ProblemException;
import java.net.InetAddress;
import java.time.Duration;
import org.apache.ftpserver.ftplet.Authentication;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.apache.ftpserver.usermanager.impl.UserMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs people in with the name and password of their account in chat-service.
///
/// It stores no people, so that it cannot list, find or change any.
final class FtpLogin implements UserManager {
  private static final Logger log = LoggerFactory.getLogger(FtpLogin.class);

  private final ChatClient chat;
  private final Duration idleMax;

  FtpLogin(ChatClient chat, Duration idleMax) {
    this.chat = chat;
    this.idleMax = idleMax;
  }

  @Override
  public User authenticate(Authentication authentication) throws AuthenticationFailedException {
    if (!(authentication instanceof UsernamePasswordAuthentication given)
        || given.getPassword() == null) {
      throw new AuthenticationFailedException("name and password are needed");
    }
    String address = address(given.getUserMetadata());
    try {
      Person person = chat.signIn(given.getUsername(), given.getPassword(), address);
      log.info("signed in person={} address={}", person.personId(), address);
      return new FtpUser(person, Math.toIntExact(idleMax.toSeconds()));
    } catch (ProblemException e) {
      log.info("refused sign-in address={} reason={}", address, e.type().slug());
      throw new AuthenticationFailedException(e.type().slug(), e);
    }
  }

  private static String address(@Nullable UserMetadata metadata) {
    InetAddress address = metadata == null ? null : metadata.getInetAddress();
    return address == null ? "" : address.getHostAddress();
  }

  @Override
  public @Nullable User getUserByName(String name) {
    return null;
  }

  @Override
  public String[] getAllUserNames() {
    return new String[0];
  }

  @Override
  public void delete(String name) {
    throw new UnsupportedOperationException("people belong to chat-service");
  }

  @Override
  public void save(User user) {
    throw new UnsupportedOperationException("people belong to chat-service");
  }

  @Override
  public boolean doesExist(String name) {
    return false;
  }

  @Override
  public String getAdminName() {
    return "";
  }

  @Override
  public boolean isAdmin(String name) {
    return false;
  }
}
