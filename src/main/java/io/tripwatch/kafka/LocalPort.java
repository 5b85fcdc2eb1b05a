package io.tripwatch.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine, reachable from this machine only. */
public final class LocalPort {
  /** Not "localhost", which may mean IPv6 to the one side and IPv4 to the other. */
  public static final String HOST = "127.0.0.1";

  private LocalPort() {}

  /**
   * The port asked for, seen to be free, or for 0 any free one.
   *
   * @param user what will listen there, for the error: "the Kafka broker"
   * @param option what chooses another: "--kafka-port"
   * @throws IOException if something listens there
   */
  public static int choose(int port, String user, String option) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(HOST, port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IOException(
          "port "
              + port
              + " for "
              + user
              + " is taken; stop what listens there, or choose another with "
              + option
              + " (0 takes a free one)",
          e);
    }
  }
}
