package io.tercet.system.stack;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// The containers of this folder's Compose project.
///
/// An engine does not restart a container that was killed by command, so killing starts it again
/// too.
final class ComposeProcesses implements Processes {

  private final FrontDoor frontDoor;

  ComposeProcesses(URI origin) {
    this.frontDoor = new FrontDoor(origin);
  }

  @Override
  public void kill(Service service) {
    compose("kill", "--signal", "KILL", service.folder());
    compose("start", service.folder());
  }

  @Override
  public void awaitAnswering(Service service) {
    frontDoor.awaitAnswering(service);
  }

  private static void compose(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker", "compose"));
    command.addAll(List.of(arguments));
    try {
      int exit =
          new ProcessBuilder(command)
              .directory(StackUnderTest.root().toFile())
              .inheritIO()
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IllegalStateException(command + " ended with " + exit);
      }
    } catch (IOException failed) {
      throw new IllegalStateException(command + " could not be run", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
