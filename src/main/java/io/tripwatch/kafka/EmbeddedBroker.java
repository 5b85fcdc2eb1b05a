package io.tripwatch.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real Kafka broker in this process, alone in its cluster, reachable from this machine only. */
public final class EmbeddedBroker implements AutoCloseable {
  /** Brokers refuse sinks that ask for more; Kafka's own default. */
  static final long TRANSACTION_MAX_TIMEOUT_MS = KafkaOutputs.TRANSACTION_TIMEOUT.toMillis();

  private static final String CONTROLLER = "CONTROLLER";

  private final int port;
  private final KafkaRaftServer server;

  private EmbeddedBroker(int port, KafkaRaftServer server) {
    this.port = port;
    this.server = server;
  }

  /**
   * Starts a broker and returns when it serves.
   *
   * @param port where clients find it; 0 takes a free one
   * @param dataDir where it keeps its logs; what an earlier broker left there is served again
   * @throws IOException if the port is taken, or the directory is in use or not a broker's
   */
  public static EmbeddedBroker start(int port, Path dataDir) throws IOException {
    int clientPort = LocalPort.choose(port, "the Kafka broker", "--kafka-port");
    int controllerPort = LocalPort.choose(0, "the Kafka controller", "--kafka-port");
    Path dir = dataDir.toAbsolutePath();
    formatIfNew(dir);
    requireUnlocked(dir);
    KafkaRaftServer server = null;
    try {
      server =
          new KafkaRaftServer(
              new KafkaConfig(settings(clientPort, controllerPort, dir), false), Time.SYSTEM);
      server.startup();
      return new EmbeddedBroker(clientPort, server);
    } catch (RuntimeException e) {
      if (server != null) {
        server.shutdown();
      }
      throw new IOException(
          "the broker does not start on port "
              + clientPort
              + " over "
              + dir
              + ": "
              + e.getMessage()
              + "; see its log, or give it an empty directory",
          e);
    }
  }

  /** What clients connect to, {@code host:port}. */
  public String bootstrap() {
    return LocalPort.HOST + ":" + port;
  }

  /** Shuts the broker down cleanly; its data stays. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static Properties settings(int port, int controllerPort, Path dir) {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", "1");
    p.setProperty("controller.quorum.voters", "1@" + LocalPort.HOST + ":" + controllerPort);
    p.setProperty("controller.listener.names", CONTROLLER);
    p.setProperty(
        "listeners",
        "PLAINTEXT://"
            + LocalPort.HOST
            + ":"
            + port
            + ",CONTROLLER://"
            + LocalPort.HOST
            + ":"
            + controllerPort);
    p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.setProperty("log.dirs", dir.toString());
    // A misspelt topic must fail, not come into being with one partition.
    p.setProperty("auto.create.topics.enable", "false");
    // There is no second broker to keep copies on.
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    // 50 partitions of each would be files to open at every start, and nothing else.
    p.setProperty("offsets.topic.num.partitions", "4");
    p.setProperty("transaction.state.log.num.partitions", "4");
    p.setProperty("transaction.max.timeout.ms", Long.toString(TRANSACTION_MAX_TIMEOUT_MS));
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    // A minute by default: on a busy machine a broker that comes up slowly would give itself up.
    p.setProperty("initial.broker.registration.timeout.ms", "600000");
    // 128 MiB by default, far more than the few compacted internal topics here need.
    p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    return p;
  }

  private static void formatIfNew(Path dir) throws IOException {
    if (Files.exists(dir.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(dir);
    try (PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(quiet)
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .setControllerListenerName(CONTROLLER)
          .addDirectory(dir.toString())
          .setMetadataLogDirectory(dir.toString())
          .run();
    } catch (Exception e) {
      throw new IOException(
          "cannot make " + dir + " a broker's directory: " + e.getMessage() + "; give an empty one",
          e);
    }
  }

  /** Asked beforehand: Kafka itself ends the whole process when it cannot lock its directory. */
  private static void requireUnlocked(Path dir) throws IOException {
    Path file = dir.resolve(".lock");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException(inUse(dir), e);
    }
    throw new IOException(inUse(dir));
  }

  private static String inUse(Path dir) {
    return "another broker uses " + dir + "; stop that one, or give another directory";
  }

  /**
   * Runs a broker in a process of its own until it is told to end (SIGTERM).
   *
   * @param args port, data directory
   */
  public static void main(String[] args) throws IOException {
    EmbeddedBroker broker = start(Integer.parseInt(args[0]), Path.of(args[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-shutdown"));
    broker.server.awaitShutdown();
  }
}
