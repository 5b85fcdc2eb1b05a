package io.tripwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.codec.AlertJson;
import io.tripwatch.event.Topic;
import io.tripwatch.job.JobOptions;
import io.tripwatch.kafka.KafkaOutputs;
import io.tripwatch.kafka.LocalPort;
import io.tripwatch.kafka.OutboundRecord;
import io.tripwatch.kafka.Topics;
import io.tripwatch.settings.Severity;
import io.tripwatch.verdict.Alert;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RunIT {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Consumer<String> hear = line -> {};

  @Test
  void printsTheAlertsOfTheCityAndClearsAwayAfterItself() throws IOException {
    List<Path> before = leftovers();
    assertEquals(0, runUntil(new Run(RunIT::alertOfEveryOrder), List.of("RAISED")), err::toString);
    List<String> lines = out.toString().lines().toList();
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("Flink's UI: http://.*")), out::toString);
    assertTrue(
        lines.stream()
            .anyMatch(line -> line.matches(".* RAISED +MAJOR +CONFIRMED +class-below-order")),
        out::toString);
    assertTrue(
        lines.get(lines.size() - 1).matches("all +[1-9]\\d* +0 +0 +[1-9]\\d* +0"), out::toString);
    assertEquals(before, leftovers());
  }

  @Test
  void raisesCorrectsAndRetractsAlertsOfTheRealJob() {
    List<String> all = Stream.of(Alert.Status.values()).map(Enum::name).toList();
    assertEquals(0, runUntil(new Run(), all, "--speed=300", "--drivers=120"), err::toString);
  }

  @Test
  void endsByItselfWhenItsTimeIsUp() {
    assertEquals(0, run(RunIT::alertOfEveryOrder, "--for", "100ms"), err::toString);
    assertTrue(out.toString().contains(" records in, these alerts out:"), out::toString);
  }

  @Test
  void saysInOneLineWhyTheJobFailed() throws IOException {
    List<Path> before = leftovers();
    assertEquals(1, run(RunIT::failAtTheFirstOrder, "--for", "60s"));
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains("an order too many"), err::toString);
    assertEquals(before, leftovers());
  }

  @Test
  void saysInOneLineThatAPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(LocalPort.HOST))) {
      String port = Integer.toString(taken.getLocalPort());
      assertEquals(1, run(RunIT::alertOfEveryOrder, "--ui-port", port));
      assertEquals(
          "port "
              + port
              + " for Flink's UI is taken; stop what listens there, or choose another with"
              + " --ui-port (0 takes a free one)",
          err.toString().strip());
    }
  }

  @Test
  void callsBadOptionsBadUsage() {
    for (String bad :
        List.of("--for=60", "--speed=0", "--parallelism=0", "--drivers=-1", "--color=red")) {
      assertEquals(2, run(RunIT::alertOfEveryOrder, bad), bad);
    }
  }

  /** Runs until each of these words stands in a line of an alert; a run that fails ends it, too. */
  private int runUntil(Run run, List<String> statuses, String... options) {
    List<String> missing = new ArrayList<>(statuses);
    hear =
        line -> {
          if (missing.removeIf(status -> line.contains("  " + status + " ")) && missing.isEmpty()) {
            run.end();
          }
        };
    int code = run(run, options);
    assertEquals(List.of(), missing, out::toString);
    return code;
  }

  private int run(Run.Pipeline pipeline, String... options) {
    return run(new Run(pipeline), options);
  }

  private int run(Run run, String... options) {
    CommandLine line = new CommandLine(run);
    line.setOut(new PrintWriter(heard(), true));
    line.setErr(new PrintWriter(err, true));
    line.setExecutionExceptionHandler(
        (e, command, given) -> {
          command.getErr().println(e.getMessage());
          return 1;
        });
    Stream<String> free = Stream.of("--port=0", "--parallelism=1");
    Stream<String> ui =
        List.of(options).contains("--ui-port") ? Stream.of() : Stream.of("--ui-port=0");
    return line.execute(
        Stream.of(free, ui, Stream.of(options)).flatMap(part -> part).toArray(String[]::new));
  }

  /** Keeps what is printed, and has each line heard. */
  private Writer heard() {
    return new FilterWriter(out) {
      private int heardTo;

      @Override
      public void flush() {
        String all = out.toString();
        all.substring(heardTo).lines().forEach(hear);
        heardTo = all.length();
      }
    };
  }

  private static List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("tripwatch-run-"))
          .sorted()
          .toList();
    }
  }

  private static void alertOfEveryOrder(StreamExecutionEnvironment env, JobOptions options) {
    env.fromSource(orders(options), WatermarkStrategy.noWatermarks(), "orders")
        .map(RunIT::alert)
        .returns(OutboundRecord.class)
        .sinkTo(KafkaOutputs.exactlyOnce(options.bootstrap(), options.name()));
  }

  private static void failAtTheFirstOrder(StreamExecutionEnvironment env, JobOptions options) {
    env.fromSource(orders(options), WatermarkStrategy.noWatermarks(), "orders")
        .map(RunIT::fail)
        .returns(OutboundRecord.class)
        .sinkTo(KafkaOutputs.exactlyOnce(options.bootstrap(), options.name()));
  }

  private static KafkaSource<String> orders(JobOptions options) {
    return KafkaSource.<String>builder()
        .setBootstrapServers(options.bootstrap())
        .setTopics(Topic.ORDERS.topicName())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setValueOnlyDeserializer(new SimpleStringSchema())
        .build();
  }

  private static OutboundRecord fail(String order) {
    throw new IllegalStateException("an order too many");
  }

  private static OutboundRecord alert(String order) {
    String orderId = order.replaceAll(".*\"orderId\":\"([^\"]*)\".*", "$1");
    Alert alert =
        new Alert(
            orderId + "/d-1/class-below-order",
            1,
            1,
            Alert.Status.RAISED,
            "class-below-order",
            "default",
            "identity",
            Severity.MAJOR,
            Alert.Confidence.CONFIRMED,
            false,
            orderId,
            "d-1",
            null,
            null,
            null,
            0,
            "An order.",
            Map.of());
    return OutboundRecord.of(Topics.ALERTS, alert.alertId(), AlertJson.write(alert));
  }
}
