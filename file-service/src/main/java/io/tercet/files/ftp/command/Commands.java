package io.tercet.files.ftp.command;

import io.tercet.files.chat.ChatClient;
import io.tercet.files.ftp.control.ConnectionSettings;
import io.tercet.files.ftp.view.FileOperations;
import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.impl.ABOR;
import org.apache.ftpserver.command.impl.DefaultCommandFactory;
import org.apache.ftpserver.command.impl.NOOP;
import org.apache.ftpserver.command.impl.PBSZ;
import org.apache.ftpserver.command.impl.PROT;
import org.apache.ftpserver.command.impl.QUIT;
import org.apache.ftpserver.command.impl.REST;
import org.apache.ftpserver.command.impl.STRU;
import org.apache.ftpserver.command.impl.SYST;
import org.apache.ftpserver.command.impl.TYPE;
import org.apache.ftpserver.command.impl.USER;
import org.jspecify.annotations.Nullable;

/// All commands that are offered; FtpServer answers any other with 502.
///
/// Not offered are `PORT` and `EPRT` (a client could make the server connect to other machines),
/// `STOU`, `SITE`, and `MODE Z`.
public final class Commands {
  private Commands() {}

  public static CommandFactory all(
      ChatClient chat,
      FileOperations operations,
      ConnectionSettings settings,
      @Nullable InetAddress passiveAddress) {
    Map<String, Command> commands = new TreeMap<>();
    commands.putAll(
        Map.of(
            "ABOR", new ABOR(),
            "AUTH", new AuthCommand(),
            "NOOP", new NOOP(),
            "PBSZ", new PBSZ(),
            "PROT", new PROT(),
            "QUIT", new QUIT(),
            "REST", new REST(),
            "STRU", new STRU(),
            "SYST", new SYST(),
            "TYPE", new TYPE()));
    commands.put("USER", new USER());
    commands.put("PASS", new SignInCommand(chat, operations, settings));
    commands.put("EPSV", PassiveCommand.extended());
    commands.put("PASV", PassiveCommand.classic(passiveAddress));
    commands.putAll(SessionCommands.all());
    commands.putAll(PathCommands.all());
    commands.putAll(
        Map.of(
            "LIST", new DataCommand(new ListCommand(ListCommand.Format.LONG)),
            "NLST", new DataCommand(new ListCommand(ListCommand.Format.NAME)),
            "MLSD", new DataCommand(new ListCommand(ListCommand.Format.FACTS)),
            "RETR", new DataCommand(new RetrieveCommand()),
            "STOR", new DataCommand(new StoreCommand(false)),
            "APPE", new DataCommand(new StoreCommand(true))));
    commands.put("HELP", SessionCommands.help(commands.keySet()));
    return new DefaultCommandFactory(commands);
  }
}
