package io.tripwatch.bench.broker;

import io.tripwatch.kafka.EmbeddedBroker;
import io.tripwatch.kafka.LocalPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real broker in a process of its own, so that what it computes is not counted as the job's. It
 * ends with this process's {@link #close}, or with this process.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration FAREWELL = Duration.ofSeconds(30);
  private static final long LOOK_EVERY_MS = 50;

  private final Process process;
  private final int port;
  private final Thread hook;

  private BrokerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
    this.hook = new Thread(process::destroy, "broker-end");
  }

  /**
   * Starts a broker and returns when it serves.
   *
   * @param dir where it keeps its logs; what an earlier broker left there is served again
   * @throws IOException if it does not serve within a minute
   */
  public static BrokerProcess start(Path dir) throws IOException, InterruptedException {
    Files.createDirectories(dir);
    int port = LocalPort.choose(0, "the Kafka broker", "another run");
    Path log = dir.resolveSibling(dir.getFileName() + ".log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-XX:+UseG1GC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    EmbeddedBroker.class.getName(),
                    Integer.toString(port),
                    dir.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    BrokerProcess broker = new BrokerProcess(process, port);
    Runtime.getRuntime().addShutdownHook(broker.hook);
    broker.awaitServing(log);
    return broker;
  }

  /** What clients connect to, {@code host:port}. */
  public String bootstrap() {
    return LocalPort.HOST + ":" + port;
  }

  /** The processor time the broker has taken so far, nanoseconds; 0 where the system tells none. */
  public long cpuNanos() {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  private void awaitServing(Path log) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(LocalPort.HOST, port));
        return;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
      }
    }
    close();
    throw new IOException(
        "the broker does not serve within " + PATIENCE.toSeconds() + " s; see " + log);
  }

  /** Ends the broker; its data stays. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // The hook has run or is running: there is nothing to take back.
    }
  }
}
