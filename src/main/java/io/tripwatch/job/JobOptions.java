package io.tripwatch.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.util.ParameterTool;

/**
 * What the job is started with. It travels with the job as its global parameters, so that an
 * upgrade or a rescale starts it again with the same.
 *
 * @param bootstrap the Kafka brokers, {@code host:port}, several with commas between
 * @param name the job's name, consumer group and prefix of its transactions: unique among the jobs
 *     on one broker
 * @param epoch raised by hand when the job is started without its state; 1 at first
 * @param rulesYaml the text of the rules file, or null for the defaults
 */
public record JobOptions(String bootstrap, String name, int epoch, String rulesYaml) {
  public static final String DEFAULT_NAME = "tripwatch";

  private static final String BOOTSTRAP = "tripwatch.bootstrap";
  private static final String NAME = "tripwatch.name";
  private static final String EPOCH = "tripwatch.epoch";
  private static final String RULES = "tripwatch.rules";

  /** The options checked: a job that cannot run should fail where it is submitted. */
  public JobOptions {
    if (bootstrap == null || bootstrap.isBlank()) {
      throw new IllegalArgumentException("no Kafka broker is named; give --bootstrap host:port");
    }
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch is " + epoch + "; set it to 1 or more");
    }
  }

  /**
   * Reads the arguments of {@code flink run}: {@code --bootstrap}, {@code --name}, {@code --epoch},
   * {@code --rules FILE}.
   *
   * @throws IllegalArgumentException on an unknown or a wrong argument
   * @throws IOException if the rules file cannot be read
   */
  public static JobOptions parse(String... args) throws IOException {
    ParameterTool given = ParameterTool.fromArgs(args);
    Set<String> unknown = new TreeSet<>(given.toMap().keySet());
    unknown.removeAll(Set.of("bootstrap", "name", "epoch", "rules"));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown argument --"
              + unknown.iterator().next()
              + "; the job takes --bootstrap, --name, --epoch and --rules");
    }
    String rules = given.get("rules");
    return new JobOptions(
        given.get("bootstrap"),
        given.get("name", DEFAULT_NAME),
        given.getInt("epoch", 1),
        rules == null ? null : Files.readString(Path.of(rules)));
  }

  /** What {@link #ofParameters} reads. */
  public Map<String, String> toParameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put(BOOTSTRAP, bootstrap);
    parameters.put(NAME, name);
    parameters.put(EPOCH, Integer.toString(epoch));
    if (rulesYaml != null) {
      parameters.put(RULES, rulesYaml);
    }
    return parameters;
  }

  /** The options of a running job, from its global parameters. */
  public static JobOptions ofParameters(Map<String, String> parameters) {
    return new JobOptions(
        parameters.get(BOOTSTRAP),
        parameters.getOrDefault(NAME, DEFAULT_NAME),
        Integer.parseInt(parameters.getOrDefault(EPOCH, "1")),
        parameters.get(RULES));
  }
}
