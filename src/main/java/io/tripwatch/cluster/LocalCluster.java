package io.tripwatch.cluster;

import io.tripwatch.kafka.EmbeddedBroker;
import io.tripwatch.kafka.LocalPort;
import io.tripwatch.kafka.Topics;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A Flink cluster of real processes on this machine: one JobManager, two TaskManagers, and a Kafka
 * broker unless one is given. Everything it writes is in one directory.
 */
public final class LocalCluster {
  /** Two, so that a job goes on when one dies. */
  public static final int TASK_MANAGERS = 2;

  /** A broker of one machine's traffic; the pages it serves are in the system's cache. */
  private static final String BROKER_HEAP = "512m";

  private final Path dir;
  private final Consumer<String> tell;
  private final ClusterProcess broker;
  private final ClusterProcess jobManager;
  private final List<ClusterProcess> taskManagers = new ArrayList<>();

  /**
   * A cluster, running or not.
   *
   * @param dir its state directory
   * @param tell who is told, line by line, what is waited for
   */
  public LocalCluster(Path dir, Consumer<String> tell) {
    this.dir = dir.toAbsolutePath().normalize();
    this.tell = tell;
    broker = new ClusterProcess("broker", this.dir);
    jobManager = new ClusterProcess("jobmanager", this.dir);
    for (int i = 1; i <= TASK_MANAGERS; i++) {
      taskManagers.add(new ClusterProcess("taskmanager-" + i, this.dir));
    }
  }

  /**
   * Where a cluster is found.
   *
   * @param rest {@code host:port} of Flink's REST API and web page
   * @param bootstrap {@code host:port} of Kafka
   */
  public record Addresses(String rest, String bootstrap) {}

  /**
   * What a cluster is started with.
   *
   * @param restPort 0 takes a free one
   * @param kafkaPort 0 takes a free one; of no meaning where bootstrap is given
   * @param bootstrap an existing Kafka, or null to start a broker too
   * @param partitions of each topic that is created
   */
  public record Plan(int restPort, int kafkaPort, String bootstrap, int partitions) {}

  /**
   * Starts all processes and returns when both TaskManagers have registered and the topics exist.
   * There is no limit of time while all processes live: one that cannot come up ends by itself.
   * Whatever was started is stopped again when that fails.
   *
   * @throws IOException if it runs already, a port is taken, or a process does not come up
   */
  public Addresses start(Home home, Plan plan) throws IOException {
    for (ClusterProcess process : all()) {
      Optional<ProcessHandle> running = process.running();
      if (running.isPresent()) {
        throw new IOException(
            "a cluster runs already in "
                + dir
                + " ("
                + process.name()
                + " is process "
                + running.get().pid()
                + "); stop it first, or give another --dir");
      }
    }
    int restPort =
        LocalPort.choose(plan.restPort(), "Flink's web page and REST API", "--rest-port");
    boolean ended = false;
    try {
      String bootstrap = plan.bootstrap();
      if (bootstrap == null) {
        bootstrap = startBroker(home, plan.kafkaPort());
      }
      startFlink(home, restPort);
      createTopics(bootstrap, plan.partitions());
      Addresses addresses = new Addresses(LocalPort.HOST + ":" + restPort, bootstrap);
      awaitTaskManagers(addresses.rest());
      write(addresses);
      ended = true;
      return addresses;
    } finally {
      if (!ended) {
        stop();
      }
    }
  }

  /** Stops what runs; whether anything did. */
  public boolean stop() throws IOException {
    // The broker last: what the others still have to say to it should not have to wait for it.
    boolean ran = stop(flink()) | stop(List.of(broker));
    Files.deleteIfExists(addressFile());
    return ran;
  }

  private boolean stop(List<ClusterProcess> processes) throws IOException {
    boolean ran = false;
    for (ClusterProcess process : processes) {
      ran |= process.askToEnd();
    }
    for (ClusterProcess process : processes) {
      process.awaitEnd(tell);
    }
    return ran;
  }

  /** Where it is found, if it was started in this directory and not stopped since. */
  public Optional<Addresses> addresses() throws IOException {
    if (!Files.exists(addressFile())) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(addressFile())) {
      properties.load(in);
    }
    return Optional.of(
        new Addresses(properties.getProperty("rest"), properties.getProperty("bootstrap")));
  }

  /** One line for each process: its name, and its id while it runs. */
  public List<String> describe() {
    return all().stream()
        .map(
            p ->
                "%-14s %s"
                    .formatted(
                        p.name(),
                        p.running().map(r -> "runs, process " + r.pid()).orElse("does not run")))
        .toList();
  }

  private List<ClusterProcess> flink() {
    List<ClusterProcess> flink = new ArrayList<>(taskManagers);
    flink.add(jobManager);
    return flink;
  }

  private List<ClusterProcess> all() {
    List<ClusterProcess> all = flink();
    all.add(broker);
    return all;
  }

  private Path addressFile() {
    return dir.resolve("cluster.properties");
  }

  private void write(Addresses addresses) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("rest", addresses.rest());
    properties.setProperty("bootstrap", addresses.bootstrap());
    try (Writer out = Files.newBufferedWriter(addressFile())) {
      properties.store(out, "Where the commands find the cluster that runs here");
    }
  }

  private String startBroker(Home home, int kafkaPort) throws IOException {
    int port = LocalPort.choose(kafkaPort, "the Kafka broker", "--kafka-port");
    List<String> command = java(home, broker, home.flinkConfiguration());
    command.add("-Xmx" + BROKER_HEAP);
    command.addAll(List.of("-cp", home.localClassPath(), EmbeddedBroker.class.getName()));
    command.addAll(List.of(Integer.toString(port), dir.resolve("kafka").toString()));
    broker.start(command, Map.of());
    await("the broker to serve", () -> LocalPort.listens(LocalPort.HOST, port));
    return LocalPort.HOST + ":" + port;
  }

  private void createTopics(String bootstrap, int partitions) throws IOException {
    try {
      Topics.ensure(bootstrap, partitions, Topics.Retention.FOREVER, tell);
    } catch (IOException e) {
      // Where the broker has ended, that is the reason.
      requireAllAlive();
      throw e;
    }
  }

  private void startFlink(Home home, int restPort) throws IOException {
    if (!Files.isDirectory(home.flink().resolve("lib"))) {
      throw new IOException(
          "there is no Flink in " + home.flink() + "; run: mvn -DskipTests package");
    }
    Configuration conf = home.flinkConfiguration();
    // Nobody but the cluster's own processes needs to know this port.
    int rpcPort = LocalPort.choose(0, "the JobManager", "--rest-port");
    Configuration own = ownSettings(restPort, rpcPort);
    conf.addAll(own);

    JobManagerProcessSpec jobManagerMemory = JobManagerProcessUtils.processSpecFromConfig(conf);
    startFlinkProcess(
        home,
        jobManager,
        conf,
        own,
        StandaloneSessionClusterEntrypoint.class,
        conf.get(CoreOptions.FLINK_JM_JVM_OPTIONS)
            + " "
            + JobManagerProcessUtils.generateJvmParametersStr(jobManagerMemory, conf),
        JobManagerProcessUtils.generateDynamicConfigsStr(jobManagerMemory));
    TaskExecutorProcessSpec taskManagerMemory =
        TaskExecutorProcessUtils.processSpecFromConfig(conf);
    for (ClusterProcess taskManager : taskManagers) {
      own.set(TaskManagerOptions.TASK_MANAGER_RESOURCE_ID, taskManager.name());
      startFlinkProcess(
          home,
          taskManager,
          conf,
          own,
          TaskManagerRunner.class,
          conf.get(CoreOptions.FLINK_TM_JVM_OPTIONS)
              + " "
              + ProcessMemoryUtils.generateJvmParametersStr(taskManagerMemory),
          TaskExecutorProcessUtils.generateDynamicConfigsStr(taskManagerMemory));
    }
  }

  /** What only this cluster knows: where it listens, and where it keeps its things. */
  private Configuration ownSettings(int restPort, int rpcPort) {
    Configuration own = new Configuration();
    own.set(JobManagerOptions.ADDRESS, LocalPort.HOST);
    own.set(JobManagerOptions.PORT, rpcPort);
    own.set(JobManagerOptions.BIND_HOST, LocalPort.HOST);
    own.set(TaskManagerOptions.HOST, LocalPort.HOST);
    own.set(TaskManagerOptions.BIND_HOST, LocalPort.HOST);
    own.set(RestOptions.ADDRESS, LocalPort.HOST);
    own.set(RestOptions.BIND_ADDRESS, LocalPort.HOST);
    own.set(RestOptions.PORT, restPort);
    own.set(RestOptions.BIND_PORT, Integer.toString(restPort));
    own.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder("checkpoints"));
    own.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, folder("savepoints"));
    own.set(CoreOptions.TMP_DIRS, dir.resolve("tmp").toString());
    return own;
  }

  /** As Flink takes it: not escaped, or it would make a folder of the escapes. */
  private String folder(String name) {
    return "file://" + dir.resolve(name).toAbsolutePath();
  }

  private void startFlinkProcess(
      Home home,
      ClusterProcess process,
      Configuration conf,
      Configuration own,
      Class<?> main,
      String ownFlags,
      String memorySettings)
      throws IOException {
    Files.createDirectories(dir.resolve("tmp"));
    List<String> command = java(home, process, conf);
    command.addAll(words(ownFlags));
    command.addAll(List.of("-cp", home.flinkClassPath(), main.getName()));
    command.addAll(List.of("--configDir", home.flinkConf().toString()));
    command.addAll(words(memorySettings));
    own.toMap().forEach((key, value) -> command.addAll(List.of("-D", key + "=" + value)));
    process.start(
        command,
        Map.of(
            "FLINK_CONF_DIR",
            home.flinkConf().toString(),
            "FLINK_LIB_DIR",
            home.flink().resolve("lib").toString(),
            "FLINK_PLUGINS_DIR",
            home.flink().resolve("plugins").toString()));
  }

  private static List<String> java(Home home, ClusterProcess process, Configuration conf) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(words(conf.get(CoreOptions.FLINK_JVM_OPTIONS)));
    command.add("-Dlog.file=" + process.log());
    command.add(
        "-Dlog4j.configurationFile=" + home.flinkConf().resolve("log4j.properties").toUri());
    return command;
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.trim().split("\\s+"));
  }

  private void awaitTaskManagers(String rest) throws IOException {
    try (FlinkRest flink = new FlinkRest(rest, tell)) {
      await(
          TASK_MANAGERS + " TaskManagers to register",
          () -> flink.answers() && flink.overview().getNumTaskManagersConnected() >= TASK_MANAGERS);
    }
  }

  private void await(String what, Wait.Condition condition) throws IOException {
    Wait.until(
        what + "; logs are in " + dir.resolve("log"),
        tell,
        () -> {
          requireAllAlive();
          return condition.holds();
        });
  }

  private void requireAllAlive() throws IOException {
    for (ClusterProcess process : all()) {
      if (process.wasStarted() && process.running().isEmpty()) {
        tell.accept("the last lines of " + process.log() + ":");
        process.lastLines().forEach(tell);
        throw new IOException(
            process.name()
                + " ended while starting: "
                + process.lastWords()
                + "; see "
                + process.log());
      }
    }
  }
}
