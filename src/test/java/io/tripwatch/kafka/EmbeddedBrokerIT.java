package io.tripwatch.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  @TempDir Path dir;

  @Test
  void keepsTopicsAndRecordsFromOneStartToTheNext() throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(0, dir)) {
      Topics.ensure(broker.bootstrap(), 2, Topics.Retention.FOREVER);
      KafkaRecords.send(broker.bootstrap(), Topics.ALERTS, 1, List.of(KafkaRecords.bytes("kept")));
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(0, dir)) {
      assertEquals(
          List.of("kept"),
          KafkaRecords.texts(
              KafkaRecords.until(broker.bootstrap(), Topics.ALERTS, read -> read.size() == 1)));
    }
  }

  @Test
  void saysThatItsPortIsTakenAndWhatToDo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(LocalPort.HOST))) {
      IOException e =
          assertThrows(
              IOException.class, () -> EmbeddedBroker.start(taken.getLocalPort(), dir).close());
      assertEquals(
          "port "
              + taken.getLocalPort()
              + " for the Kafka broker is taken; stop what listens there, or choose another with"
              + " --kafka-port (0 takes a free one)",
          e.getMessage());
    }
  }

  @Test
  void saysThatItsDirectoryIsInUse() throws IOException {
    try (EmbeddedBroker first = EmbeddedBroker.start(0, dir)) {
      IOException e = assertThrows(IOException.class, () -> EmbeddedBroker.start(0, dir).close());
      assertEquals(
          "another broker uses " + dir + "; stop that one, or give another directory",
          e.getMessage());
      Topics.ensure(first.bootstrap(), 1, Topics.Retention.BROKER_DEFAULT);
    }
  }

  @Test
  void topicsAreCreatedOnceAndAcceptedWhereTheyHavePartitionsEnough() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(0, dir)) {
      String bootstrap = broker.bootstrap();
      Topics.ensure(bootstrap, 2, Topics.Retention.FOREVER);
      Topics.ensure(bootstrap, 1, Topics.Retention.BROKER_DEFAULT);
      assertEquals(List.of(), Topics.createMissing(bootstrap, 8, Topics.Retention.BROKER_DEFAULT));
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
        Set<String> names = admin.listTopics().names().get();
        assertTrue(names.containsAll(Topics.inbound()));
        assertTrue(names.containsAll(Topics.outbound()));
        ConfigResource gps = new ConfigResource(ConfigResource.Type.TOPIC, "trip.gps.v1");
        assertEquals(
            "-1",
            admin.describeConfigs(List.of(gps)).all().get().get(gps).get("retention.ms").value());
      }
      IOException tooFew =
          assertThrows(
              IOException.class,
              () -> Topics.ensure(bootstrap, 3, Topics.Retention.BROKER_DEFAULT));
      assertTrue(
          tooFew
              .getMessage()
              .startsWith(
                  "topic trip.orders.v1 on "
                      + bootstrap
                      + " has 2 partitions, 3 were asked for; ask for 2"),
          tooFew.getMessage());
    }
  }

  @Test
  void saysThatNoBrokerAnswers() throws IOException {
    String nowhere = LocalPort.HOST + ":" + LocalPort.choose(0, "nobody", "--none");
    IOException e =
        assertThrows(
            IOException.class, () -> Topics.ensure(nowhere, 1, Topics.Retention.BROKER_DEFAULT));
    assertEquals(
        "no Kafka broker answers at " + nowhere + "; start it, or give the right --bootstrap",
        e.getMessage());
  }

  @Test
  void aBrokerThatTakesConnectionsAndDoesNotAnswerYetIsWaitedFor() throws IOException {
    List<EmbeddedBroker> started = new ArrayList<>();
    List<String> told = new ArrayList<>();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName(LocalPort.HOST))) {
      int port = silent.getLocalPort();
      String bootstrap = LocalPort.HOST + ":" + port;
      Topics.ensure(
          bootstrap,
          1,
          Topics.Retention.FOREVER,
          line -> {
            told.add(line);
            if (started.isEmpty()) {
              started.add(startInPlaceOf(silent, port));
            }
          });
      assertEquals("waiting for the Kafka broker at " + bootstrap + " to answer ...", told.get(0));
    } finally {
      started.forEach(EmbeddedBroker::close);
    }
  }

  private EmbeddedBroker startInPlaceOf(ServerSocket silent, int port) {
    try {
      silent.close();
      return EmbeddedBroker.start(port, dir);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
