package io.tripwatch.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** The real script in a project of its own that is built already: of the classes under test. */
final class InstalledScript {
  private final Path home;

  private InstalledScript(Path home) {
    this.home = home;
  }

  /** Installs it into a folder that is not there yet. */
  static InstalledScript into(Path home) throws IOException {
    Files.createDirectories(home.resolve("src/main"));
    Files.createDirectories(home.resolve("flink-conf"));
    Files.createDirectories(home.resolve("target"));
    Files.createDirectories(home.resolve("scripts"));
    for (String file :
        new String[] {"scripts/tripwatch", "flink-conf/log4j-cli.properties", "pom.xml"}) {
      Files.copy(Path.of(file), home.resolve(file));
    }
    Path script = home.resolve("scripts/tripwatch");
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + " cannot be made executable");
    }
    writeJar(home.resolve("target/tripwatch.jar"));
    Path built = Files.createFile(home.resolve("target/.built"));
    Files.setLastModifiedTime(built, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
    return new InstalledScript(home);
  }

  /** Nothing but the class path of this process. */
  private static void writeJar(Path jar) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    try (OutputStream file = Files.newOutputStream(jar)) {
      new JarOutputStream(file, manifest).close();
    }
  }

  /** A process with the script as its first words, to be started; its output is its caller's. */
  ProcessBuilder command(String... words) {
    ProcessBuilder process = new ProcessBuilder(words);
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process.environment().put("TRIPWATCH", home.resolve("scripts/tripwatch").toString());
    process.environment().put("TRIPWATCH_JAVA_OPTS", "-Xmx1g -Djava.io.tmpdir=" + temporary());
    process.redirectErrorStream(true);
    process.redirectOutput(log().toFile());
    return process;
  }

  /** Where what it runs puts what it needs only for a while. */
  Path temporary() {
    Path temporary = home.resolve("tmp");
    temporary.toFile().mkdirs();
    return temporary;
  }

  /** What the process said. */
  Path log() {
    return home.resolve("said.log");
  }
}
