package io.tripwatch.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterIT {
  @TempDir Path dir;

  @Test
  void aProcessThatEndsWhileStartingFailsTheStartWithTheEndOfItsLog() throws IOException {
    Files.createDirectories(dir.resolve("kafka"));
    Files.writeString(dir.resolve("kafka").resolve("meta.properties"), "version=none\n");
    List<String> told = new ArrayList<>();
    LocalCluster cluster = new LocalCluster(dir, told::add);
    Home home = Home.find();
    IOException e =
        assertThrows(
            IOException.class, () -> cluster.start(home, new LocalCluster.Plan(0, 0, null, 1)));
    Path log = dir.resolve("log").resolve("broker.log");
    assertTrue(e.getMessage().startsWith("broker ended while starting: "), e.getMessage());
    assertTrue(e.getMessage().endsWith("; see " + log), e.getMessage());
    int heading = told.indexOf("the last lines of " + log + ":");
    assertTrue(heading >= 0 && heading < told.size() - 1, told::toString);
    assertEquals(4, cluster.describe().stream().filter(p -> p.endsWith("does not run")).count());
    assertFalse(cluster.stop(), "what was started is stopped again");
  }
}
