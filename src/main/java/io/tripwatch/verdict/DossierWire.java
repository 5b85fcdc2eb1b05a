package io.tripwatch.verdict;

import io.tripwatch.event.Wire;
import io.tripwatch.settings.Severity;
import io.tripwatch.trip.DriverWire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The binary form of a driver's file, all but the fixes. */
public final class DossierWire {
  /** Raised with every change of the form. */
  private static final int VERSION = 1;

  private static final int TEXT = 0;
  private static final int WHOLE = 1;
  private static final int FRACTION = 2;
  private static final int FLAG = 3;
  private static final int INSTANT = 4;

  private DossierWire() {}

  /** Writes a file. */
  public static void write(Dossier dossier, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(dossier.judgedAt());
    DriverWire.write(dossier.driver(), out);
    out.writeInt(dossier.said().size());
    for (Map.Entry<String, Map<String, Alert>> order : dossier.said().entrySet()) {
      Wire.writeString(order.getKey(), out);
      out.writeInt(order.getValue().size());
      for (Alert alert : order.getValue().values()) {
        writeAlert(alert, out);
      }
    }
  }

  /** Reads a file. */
  public static Dossier read(String driverId, DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "the state of driver "
              + driverId
              + " has form "
              + version
              + "; this build reads form "
              + VERSION
              + ": restore with the build that wrote it");
    }
    long judgedAt = in.readLong();
    Dossier dossier = new Dossier(DriverWire.read(driverId, in));
    dossier.judgedAt(judgedAt);
    for (int orders = in.readInt(); orders > 0; orders--) {
      Map<String, Alert> said = new TreeMap<>();
      dossier.said().put(Wire.readString(in), said);
      for (int left = in.readInt(); left > 0; left--) {
        Alert alert = readAlert(in);
        said.put(alert.alertId(), alert);
      }
    }
    return dossier;
  }

  /** Writes an alert. */
  public static void writeAlert(Alert alert, DataOutput out) throws IOException {
    Wire.writeString(alert.alertId(), out);
    out.writeInt(alert.epoch());
    out.writeInt(alert.revision());
    out.writeByte(alert.status().ordinal());
    Wire.writeString(alert.ruleId(), out);
    Wire.writeString(alert.ruleVersion(), out);
    Wire.writeString(alert.family(), out);
    out.writeByte(alert.severity().ordinal());
    out.writeByte(alert.confidence().ordinal());
    out.writeBoolean(alert.shadow());
    Wire.writeString(alert.orderId(), out);
    Wire.writeString(alert.driverId(), out);
    Wire.writeString(alert.passengerId(), out);
    Wire.writeString(alert.plate(), out);
    Wire.writeString(alert.city(), out);
    out.writeLong(alert.occurredAt());
    Wire.writeString(alert.message(), out);
    out.writeInt(alert.evidence().size());
    for (Map.Entry<String, Object> figure : alert.evidence().entrySet()) {
      Wire.writeString(figure.getKey(), out);
      writeValue(figure.getValue(), out);
    }
  }

  /** Reads an alert. */
  public static Alert readAlert(DataInput in) throws IOException {
    return new Alert(
        Wire.readString(in),
        in.readInt(),
        in.readInt(),
        Alert.Status.values()[in.readByte()],
        Wire.readString(in),
        Wire.readString(in),
        Wire.readString(in),
        Severity.values()[in.readByte()],
        Alert.Confidence.values()[in.readByte()],
        in.readBoolean(),
        Wire.readString(in),
        Wire.readString(in),
        Wire.readString(in),
        Wire.readString(in),
        Wire.readString(in),
        in.readLong(),
        Wire.readString(in),
        readEvidence(in));
  }

  private static Map<String, Object> readEvidence(DataInput in) throws IOException {
    int size = in.readInt();
    Map<String, Object> evidence = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      evidence.put(Wire.readString(in), readValue(in));
    }
    return evidence;
  }

  private static void writeValue(Object value, DataOutput out) throws IOException {
    if (value instanceof String text) {
      out.writeByte(TEXT);
      Wire.writeString(text, out);
    } else if (value instanceof Long whole) {
      out.writeByte(WHOLE);
      out.writeLong(whole);
    } else if (value instanceof Double fraction) {
      out.writeByte(FRACTION);
      out.writeDouble(fraction);
    } else if (value instanceof Boolean flag) {
      out.writeByte(FLAG);
      out.writeBoolean(flag);
    } else if (value instanceof Instant instant) {
      out.writeByte(INSTANT);
      out.writeLong(instant.toEpochMilli());
    } else {
      throw new IllegalArgumentException("evidence cannot hold a " + value.getClass());
    }
  }

  private static Object readValue(DataInput in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case TEXT -> Wire.readString(in);
      case WHOLE -> in.readLong();
      case FRACTION -> in.readDouble();
      case FLAG -> in.readBoolean();
      case INSTANT -> Instant.ofEpochMilli(in.readLong());
      default -> throw new IOException("no kind of evidence has the number " + kind);
    };
  }
}
