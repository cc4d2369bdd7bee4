package io.tercet.http;

/// Starts http-raw-server.
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.err.println("http-raw-server is not built yet.");
    System.exit(1);
  }
}
