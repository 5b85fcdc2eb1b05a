package io.tripwatch.cluster;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.runtime.rest.messages.ClusterConfigurationInfoHeaders;
import org.apache.flink.runtime.rest.messages.ConfigurationInfo;
import org.apache.flink.runtime.rest.messages.ConversionException;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobConfigHeaders;
import org.apache.flink.runtime.rest.messages.JobExceptionsHeaders;
import org.apache.flink.runtime.rest.messages.JobExceptionsInfoWithHistory.RootExceptionInfo;
import org.apache.flink.runtime.rest.messages.JobMessageParameters;
import org.apache.flink.runtime.rest.messages.MessageQueryParameter;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics.CompletedCheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo.JobVertexDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.JobExceptionsMessageParameters;
import org.apache.flink.runtime.rest.messages.job.metrics.JobMetricsHeaders;
import org.apache.flink.runtime.rest.messages.job.metrics.JobMetricsMessageParameters;
import org.apache.flink.runtime.rest.messages.job.metrics.JobVertexMetricsHeaders;
import org.apache.flink.runtime.rest.messages.job.metrics.JobVertexMetricsMessageParameters;
import org.apache.flink.runtime.rest.messages.job.metrics.Metric;

/** A Flink cluster, any, through its REST API. Every failure is one line that says what to do. */
public final class FlinkRest implements AutoCloseable {
  /**
   * For a host that does not even refuse. An answer has no limit of ours: Flink's client gives up a
   * connection on which nothing happens for five minutes, its JobManager a savepoint when the
   * checkpoint timeout has passed.
   */
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);

  private static final EmptyRequestBody NO_BODY = EmptyRequestBody.getInstance();
  private static final Duration RETRY_DELAY = Duration.ofMillis(200);

  /** A job that failed so often while starting will not start by being waited for. */
  private static final int MOST_FAILURES = 3;

  private final String address;
  private final Consumer<String> tell;
  private final RestClusterClient<StandaloneClusterId> client;

  /**
   * A client; nothing is asked yet.
   *
   * @param address {@code host:port}
   * @param tell who is told, line by line, what is waited for
   * @throws IOException if that is no address
   */
  public FlinkRest(String address, Consumer<String> tell) throws IOException {
    this.address = address;
    this.tell = tell;
    Configuration conf = new Configuration();
    conf.set(RestOptions.ADDRESS, host(address));
    conf.set(RestOptions.PORT, port(address));
    conf.set(RestOptions.RETRY_MAX_ATTEMPTS, 1);
    conf.set(RestOptions.RETRY_DELAY, RETRY_DELAY);
    conf.set(RestOptions.CONNECTION_TIMEOUT, CONNECT_LIMIT);
    try {
      client = new RestClusterClient<>(conf, StandaloneClusterId.getInstance());
    } catch (Exception e) {
      throw new IOException("cannot make a client for " + address + ": " + reason(e), e);
    }
  }

  static String host(String address) throws IOException {
    return uri(address).getHost();
  }

  static int port(String address) throws IOException {
    return uri(address).getPort();
  }

  private static URI uri(String address) throws IOException {
    try {
      URI uri = URI.create("http://" + address);
      if (uri.getHost() != null && uri.getPort() > 0) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(notAnAddress(address), e);
    }
    throw new IOException(notAnAddress(address));
  }

  private static String notAnAddress(String address) {
    return "the REST address is " + address + "; it has the form host:port";
  }

  /** Whether a cluster is there. */
  public boolean answers() {
    try {
      overview();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** TaskManagers and slots. */
  public ClusterOverview overview() throws IOException {
    return answer(client.getClusterOverview());
  }

  /** The jobs that have not ended. */
  public List<JobStatusMessage> jobs() throws IOException {
    return allJobs().stream().filter(j -> !j.getJobState().isGloballyTerminalState()).toList();
  }

  /** The jobs that run, and those that ended and are remembered: by default for an hour. */
  Collection<JobStatusMessage> allJobs() throws IOException {
    try {
      return answer(client.listJobs());
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot list the jobs of " + address + ": " + reason(e), e);
    }
  }

  /**
   * The job that is meant.
   *
   * @param id its id, or null where there is only one
   * @throws IOException if there is none, or two and none is named
   */
  public JobID job(String id) throws IOException {
    List<JobStatusMessage> jobs = jobs();
    List<JobStatusMessage> meant =
        jobs.stream().filter(j -> id == null || j.getJobId().toHexString().equals(id)).toList();
    if (meant.size() == 1) {
      return meant.get(0).getJobId();
    }
    if (id != null) {
      throw new IOException(
          "no job " + id + " runs on " + address + "; those that do are told by: tripwatch status");
    }
    if (jobs.isEmpty()) {
      throw new IOException("no job runs on " + address + "; start one with: tripwatch submit");
    }
    throw new IOException(
        jobs.size()
            + " jobs run on "
            + address
            + "; say which with --job: "
            + String.join(", ", jobs.stream().map(j -> j.getJobId().toHexString()).toList()));
  }

  /** The settings of the cluster's JobManager. */
  Configuration configuration() throws IOException {
    ConfigurationInfo entries =
        answer(
            client.sendRequest(
                ClusterConfigurationInfoHeaders.getInstance(),
                EmptyMessageParameters.getInstance(),
                NO_BODY));
    Configuration configuration = new Configuration();
    entries.forEach(entry -> configuration.setString(entry.getKey(), entry.getValue()));
    return configuration;
  }

  /** What the job was started with. */
  public Map<String, String> parametersOf(JobID job) throws IOException {
    JobMessageParameters which = new JobMessageParameters();
    which.jobPathParameter.resolve(job);
    return answer(client.sendRequest(JobConfigHeaders.getInstance(), which, NO_BODY))
        .getExecutionConfigInfo()
        .getGlobalJobParameters();
  }

  /** The greatest parallelism of its parts. */
  public int parallelismOf(JobID job) throws IOException {
    return details(job).getJobVertexInfos().stream()
        .mapToInt(JobVertexDetailsInfo::getParallelism)
        .max()
        .orElse(1);
  }

  /** Its parts and their states. */
  public JobDetailsInfo details(JobID job) throws IOException {
    return answer(client.getJobDetails(job));
  }

  /**
   * Takes a savepoint in the canonical format, which any state backend and version restores.
   *
   * @param directory or null for the cluster's own
   * @return its path
   */
  public String savepoint(JobID job, String directory) throws IOException {
    return savepointTaken(
        job, client.triggerSavepoint(job, directory, SavepointFormatType.CANONICAL));
  }

  /**
   * Stops the job with a savepoint, without draining: draining would end event time, and with it
   * every deadline would come. Returns when the job has ended and its transactions are committed.
   *
   * @param directory or null for the cluster's own
   * @return the savepoint's path
   */
  public String stop(JobID job, String directory) throws IOException {
    String path =
        savepointTaken(
            job, client.stopWithSavepoint(job, false, directory, SavepointFormatType.CANONICAL));
    Wait.until(
        "job " + job + " to end",
        tell,
        () -> details(job).getJobStatus().isGloballyTerminalState());
    return path;
  }

  private String savepointTaken(JobID job, CompletableFuture<String> taking) throws IOException {
    try {
      return answer("the savepoint of job " + job, taking);
    } catch (IOException e) {
      throw new IOException(
          e.getMessage() + "; the job goes on as it was; try again when all its tasks run", e);
    }
  }

  /**
   * Returns when every task of the job runs. There is no limit of time: Flink itself fails a job
   * that finds no slots, and what counts is how often it failed.
   *
   * @throws IOException if the job ends, or fails again and again
   */
  public void awaitRunning(JobID job) throws IOException {
    Wait.until("the tasks of job " + job + " to run", tell, () -> runs(job));
  }

  private boolean runs(JobID job) throws IOException {
    JobDetailsInfo details = details(job);
    if (details.getJobStatus().isTerminalState()) {
      throw new IOException(
          "job "
              + job
              + " is "
              + details.getJobStatus()
              + ": "
              + whyFailed(job)
              + "; mend that and submit it again");
    }
    if (isRunning(details)) {
      return true;
    }
    int failures = failures(job).size();
    if (failures >= MOST_FAILURES) {
      throw new IOException(
          "job "
              + job
              + " failed "
              + failures
              + " times while starting: "
              + whyFailed(job)
              + "; it goes on trying, watch it with: tripwatch status");
    }
    return false;
  }

  private static boolean isRunning(JobDetailsInfo details) {
    return details.getJobStatus() == JobStatus.RUNNING
        && details.getJobVertexInfos().stream()
            .allMatch(v -> v.getTasksPerState().get(ExecutionState.RUNNING) == v.getParallelism());
  }

  /** One line on the job's last failure. */
  public String whyFailed(JobID job) throws IOException {
    return lastFailure(job).orElse("no failure is known");
  }

  /** One line on the job's last failure, if it had any. */
  public Optional<String> lastFailure(JobID job) throws IOException {
    return failures(job).stream()
        .findFirst()
        .map(RootExceptionInfo::getStacktrace)
        .map(FlinkRest::lastCause);
  }

  /** The newest first; Flink remembers sixteen. */
  private List<RootExceptionInfo> failures(JobID job) throws IOException {
    JobExceptionsMessageParameters which = new JobExceptionsMessageParameters();
    which.jobPathParameter.resolve(job);
    return answer(client.sendRequest(JobExceptionsHeaders.getInstance(), which, NO_BODY))
        .getExceptionHistory()
        .getEntries();
  }

  /** Whether all its tasks run. */
  public boolean isRunning(JobID job) throws IOException {
    return isRunning(details(job));
  }

  /** Lines that say how a job is, as of now. */
  public List<String> health(JobID job) throws IOException {
    return JobHealth.of(this, job, tell).lines(Instant.now());
  }

  /**
   * The wanted metrics of a job's tasks, by name: the subtask's number, the operator, the metric.
   * They are as old as when Flink was last asked; asking makes it gather them anew.
   */
  Map<String, String> taskMetrics(JobID job, Predicate<String> wanted) throws IOException {
    Map<String, String> metrics = new HashMap<>();
    for (JobVertexDetailsInfo vertex : details(job).getJobVertexInfos()) {
      JobVertexMetricsMessageParameters which = new JobVertexMetricsMessageParameters();
      which.jobPathParameter.resolve(job);
      which.jobVertexIdPathParameter.resolve(vertex.getJobVertexID());
      List<String> names =
          answer(client.sendRequest(JobVertexMetricsHeaders.getInstance(), which, NO_BODY))
              .getMetrics()
              .stream()
              .map(Metric::getId)
              .filter(wanted)
              .toList();
      if (!names.isEmpty()) {
        resolve(which, names);
        answer(client.sendRequest(JobVertexMetricsHeaders.getInstance(), which, NO_BODY))
            .getMetrics()
            .forEach(metric -> metrics.put(metric.getId(), metric.getValue()));
      }
    }
    return metrics;
  }

  private static void resolve(JobVertexMetricsMessageParameters which, List<String> names)
      throws IOException {
    try {
      for (MessageQueryParameter<?> filter : which.getQueryParameters()) {
        filter.resolveFromString(String.join(",", names));
      }
    } catch (ConversionException e) {
      throw new IOException("cannot ask for metrics " + names + ": " + e.getMessage(), e);
    }
  }

  /** How often a job was restarted since it was submitted. */
  long restarts(JobID job) throws IOException {
    JobMetricsMessageParameters which = new JobMetricsMessageParameters();
    which.jobPathParameter.resolve(job);
    which.metricsFilterParameter.resolve(List.of(MetricNames.NUM_RESTARTS));
    return answer(client.sendRequest(JobMetricsHeaders.getInstance(), which, NO_BODY))
        .getMetrics()
        .stream()
        .mapToLong(metric -> Long.parseLong(metric.getValue()))
        .max()
        .orElse(0);
  }

  /** When the last checkpoint of a job was completed, milliseconds since 1970. */
  OptionalLong lastCheckpoint(JobID job) throws IOException {
    CompletedCheckpointStatistics last =
        checkpoints(job).getLatestCheckpoints().getCompletedCheckpointStatistics();
    return last == null ? OptionalLong.empty() : OptionalLong.of(last.getLatestAckTimestamp());
  }

  /** How many checkpoints of a job were completed since it was started. */
  public long checkpointsCompleted(JobID job) throws IOException {
    return checkpoints(job).getCounts().getNumberCompletedCheckpoints();
  }

  /** The path of the last savepoint that was taken of a job. */
  Optional<String> lastSavepoint(JobID job) throws IOException {
    return Optional.ofNullable(checkpoints(job).getLatestCheckpoints().getSavepointStatistics())
        .map(CompletedCheckpointStatistics::getExternalPath);
  }

  private CheckpointingStatistics checkpoints(JobID job) throws IOException {
    JobMessageParameters which = new JobMessageParameters();
    which.jobPathParameter.resolve(job);
    return answer(client.sendRequest(CheckpointingStatisticsHeaders.getInstance(), which, NO_BODY));
  }

  /** The web page of a job. */
  public String page(JobID job) {
    return "http://" + address + "/#/job/running/" + job;
  }

  @Override
  public void close() {
    client.close();
  }

  private <T> T answer(CompletableFuture<T> answer) throws IOException {
    return answer("the Flink cluster at " + address + " to answer", answer);
  }

  private <T> T answer(String what, CompletableFuture<T> answer) throws IOException {
    try {
      return Wait.answer(what, tell, answer);
    } catch (ExecutionException e) {
      String reason = reason(e);
      if (isUnreachable(e)) {
        throw new IOException(
            "no Flink cluster answers at "
                + address
                + "; start one with: tripwatch cluster start, or give the right --rest",
            e);
      }
      throw new IOException("the Flink cluster at " + address + " says: " + reason, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking the Flink cluster at " + address, e);
    }
  }

  private static boolean isUnreachable(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof java.net.ConnectException
          || t instanceof java.net.UnknownHostException
          || t instanceof org.apache.flink.shaded.netty4.io.netty.channel.ConnectTimeoutException) {
        return true;
      }
    }
    return false;
  }

  /** What lies under a failure, in one line. */
  static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : lastCause(message);
  }

  /** The message of the innermost cause in a text that may hold a stack trace. */
  static String lastCause(String text) {
    String cause = "";
    for (String line : text.lines().toList()) {
      if (cause.isEmpty() && !line.isBlank()) {
        cause = line;
      } else if (line.startsWith("Caused by: ")) {
        cause = line.substring("Caused by: ".length());
      }
    }
    // Leave out the class names before the message; a bare class name is all there is to say.
    // A sentence goes on after it.
    return cause
        .strip()
        .replaceFirst("^(?:[\\w$]+\\.)+[\\w$]+: (?=.)", "")
        .replaceFirst("(?<=.)[.]$", "");
  }
}
