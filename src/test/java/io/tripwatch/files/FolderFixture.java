package io.tripwatch.files;

import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Fix;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.Stamp;
import io.tripwatch.event.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Folders to replay, and a decoder that knows of fixes only their times and device. */
final class FolderFixture {
  private static final Pattern EVENT_TIME = Pattern.compile("\"eventTime\":(-?\\d+)");
  private static final Pattern RECEIVED_AT = Pattern.compile("\"receivedAt\":(-?\\d+)");
  private static final Pattern DEVICE = Pattern.compile("\"deviceId\":\"([^\"]*)\"");

  private FolderFixture() {}

  static String fix(long eventTime, long receivedAt, String deviceId) {
    return "{\"eventTime\":%d,\"receivedAt\":%d,\"deviceId\":\"%s\"}"
        .formatted(eventTime, receivedAt, deviceId);
  }

  static String flight(long eventTime, String id) {
    return "{\"flightNo\":\"%s\",\"eventTime\":%d,\"deviceId\":\"%s\"}"
        .formatted(id, eventTime, id);
  }

  /** Fixes each received one second after its predecessor and up to 4 s after it happened. */
  static List<String> fixes(int count, long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long receivedAt = 1_000_000 + i * 1_000L;
      lines.add(fix(receivedAt - random.nextInt(4_000), receivedAt, "ph-" + i));
    }
    return lines;
  }

  static List<String> shuffled(List<String> lines, long seed) {
    List<String> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }

  static void write(Path folder, String name, List<String> lines) throws IOException {
    Files.createDirectories(folder);
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve(name), name.endsWith(".gz") ? gzip(bytes) : bytes);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  /** Refuses whatever names no device. */
  static Incoming decode(Topic topic, String source, int partition, long position, byte[] value) {
    String text = new String(value, StandardCharsets.UTF_8);
    Matcher device = DEVICE.matcher(text);
    if (!device.find()) {
      return Incoming.refused(
          new DeadLetter(
              source, partition, position, DeadLetter.Reason.MISSING_FIELD, "no deviceId", value));
    }
    long eventTime = number(EVENT_TIME, text);
    long receivedAt = number(RECEIVED_AT, text);
    return Incoming.accepted(fixOf(eventTime, receivedAt, device.group(1)));
  }

  static Fix fixOf(long eventTime, long receivedAt, String deviceId) {
    Stamp stamp = new Stamp(eventTime, receivedAt, null, null);
    return new Fix(
        stamp,
        false,
        "d-1",
        deviceId,
        0,
        0,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        false,
        Fix.Datum.WGS84);
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : Stamp.ABSENT;
  }
}
