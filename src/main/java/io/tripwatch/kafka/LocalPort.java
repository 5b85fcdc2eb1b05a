package io.tripwatch.kafka;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports, of this machine and reachable from this machine only unless a host is named. */
public final class LocalPort {
  /** Not "localhost", which may mean IPv6 to the one side and IPv4 to the other. */
  public static final String HOST = "127.0.0.1";

  // Below those that systems give to outgoing connections: until a chosen one is listened on, a
  // connection of anybody's could take it.
  private static final int FIRST = 20_000;
  private static final int MANY = 10_000;

  /** For a host that does not even refuse; one that serves, however slowly, accepts at once. */
  private static final int CONNECT_LIMIT_MS = 20_000;

  /** Processes that choose at the same time begin at different ones. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 31 % MANY));

  private LocalPort() {}

  /**
   * The port asked for, seen to be free, or for 0 any free one.
   *
   * @param user what will listen there, for the error: "the Kafka broker"
   * @param option what chooses another: "--kafka-port"
   * @throws IOException if something listens there, or none is free
   */
  public static int choose(int port, String user, String option) throws IOException {
    return port == 0 ? chooseAny(user) : chooseThis(port, user, option);
  }

  private static int chooseAny(String user) throws IOException {
    for (int tried = 0; tried < MANY; tried++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), MANY);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(HOST, port));
        return port;
      } catch (BindException e) {
        // Taken: the next one.
      }
    }
    throw new IOException(
        "no port from "
            + FIRST
            + " to "
            + (FIRST + MANY - 1)
            + " is free for "
            + user
            + "; stop what listens there");
  }

  private static int chooseThis(int port, String user, String option) throws IOException {
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

  /** Whether something takes connections at an address. */
  public static boolean listens(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_LIMIT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
