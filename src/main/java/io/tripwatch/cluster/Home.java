package io.tripwatch.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * Where the project's own files are, and the Flink that goes with them.
 *
 * @param root the project's directory, built
 * @param flink a Flink installation: {@code FLINK_HOME}, or the one the build lays out
 */
public record Home(Path root, Path flink) {
  /** Set by {@code scripts/tripwatch}, which may be called from anywhere. */
  private static final String ROOT = "tripwatch.home";

  /** Flink promises no compatibility between the minor versions of client and cluster. */
  private static final String FLINK_VERSION = "2.3.";

  /**
   * Finds both.
   *
   * @throws IOException if {@code FLINK_HOME} is not a Flink of the right version
   */
  public static Home find() throws IOException {
    Path root = Path.of(System.getProperty(ROOT, "")).toAbsolutePath();
    String flinkHome = System.getenv("FLINK_HOME");
    if (flinkHome == null || flinkHome.isBlank()) {
      return new Home(root, root.resolve("target").resolve("flink"));
    }
    Path flink = Path.of(flinkHome);
    if (matching(flink.resolve("lib"), "flink-dist-" + FLINK_VERSION, ".jar").isEmpty()) {
      throw new IOException(
          "FLINK_HOME is "
              + flink
              + ", which has no lib/flink-dist-"
              + FLINK_VERSION
              + "*.jar; let it name a Flink "
              + FLINK_VERSION
              + "x, or unset it to use the one that the build brings");
    }
    return new Home(root, flink);
  }

  /** The directory of {@code config.yaml}: {@code FLINK_CONF_DIR}, or the project's own. */
  public Path flinkConf() {
    String given = System.getenv("FLINK_CONF_DIR");
    return given == null || given.isBlank() ? root.resolve("flink-conf") : Path.of(given);
  }

  /**
   * Flink's settings.
   *
   * @throws IOException if there is no {@code config.yaml}
   */
  Configuration flinkConfiguration() throws IOException {
    if (!Files.exists(flinkConf().resolve("config.yaml"))) {
      throw new IOException(
          "there is no config.yaml in "
              + flinkConf()
              + "; set FLINK_CONF_DIR to where it is, or unset it");
    }
    return GlobalConfiguration.loadConfiguration(flinkConf().toString());
  }

  /** What Flink's processes run on. Not the command line's: the job brings its own Kafka. */
  String flinkClassPath() {
    return flink.resolve("lib") + File.separator + "*";
  }

  /** What the command line and the broker run on. */
  String localClassPath() {
    Path target = root.resolve("target");
    return target.resolve("tripwatch.jar")
        + File.pathSeparator
        + target.resolve("lib")
        + File.separator
        + "*";
  }

  /**
   * The jar that is sent to a cluster.
   *
   * @throws IOException if there is none, or more than one
   */
  public Path jobJar() throws IOException {
    Path target = root.resolve("target");
    List<Path> jars = matching(target, "tripwatch-", "-job.jar");
    if (jars.size() != 1) {
      throw new IOException(
          "there are "
              + jars.size()
              + " jars tripwatch-*-job.jar in "
              + target
              + ", one is needed; run: mvn -DskipTests clean package");
    }
    return jars.get(0);
  }

  private static List<Path> matching(Path dir, String prefix, String suffix) throws IOException {
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .filter(
              f -> {
                String name = f.getFileName().toString();
                return name.startsWith(prefix) && name.endsWith(suffix);
              })
          .toList();
    }
  }
}
