package io.tripwatch.job;

import io.tripwatch.event.DeadLetter;
import io.tripwatch.event.Event;
import io.tripwatch.event.Fix;
import io.tripwatch.event.Incoming;
import io.tripwatch.event.Origin;
import io.tripwatch.event.Wire;
import io.tripwatch.verdict.Alert;
import io.tripwatch.verdict.DayFigures;
import io.tripwatch.verdict.DossierWire;
import io.tripwatch.verdict.Output;
import io.tripwatch.verdict.TripClaim;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * The types that flow through the job. Their names are fixed for ever: state knows them by these.
 */
public final class Wires {
  /** Filled by those below as the class is loaded, and not changed afterwards. */
  private static final Map<String, TypeSerializer<?>> BY_NAME = new HashMap<>();

  /** What sources hand on. */
  public static final TypeInformation<Incoming> INCOMING =
      ofFixed("incoming", Incoming.class, Wires::writeIncoming, Wires::readIncoming);

  /** Refused records. */
  public static final TypeInformation<DeadLetter> DEAD_LETTER =
      ofFixed("dead-letter", DeadLetter.class, Wires::writeLetter, Wires::readLetter);

  /** Alerts. */
  public static final TypeInformation<Alert> ALERT =
      ofFixed("alert", Alert.class, DossierWire::writeAlert, DossierWire::readAlert);

  static final TypeInformation<Received> RECEIVED =
      ofFixed("received", Received.class, Received::write, Received::read);
  static final TypeInformation<Event> EVENT =
      ofFixed("event", Event.class, Wire::write, Wire::read);
  static final TypeInformation<Fix> FIX =
      ofFixed("fix", Fix.class, Wire::write, in -> (Fix) Wire.read(in));
  static final TypeInformation<ForDriver> FOR_DRIVER =
      ofFixed("for-driver", ForDriver.class, ForDriver::write, ForDriver::read);
  static final TypeInformation<Subscription> SUBSCRIPTION =
      ofFixed("subscription", Subscription.class, Subscription::write, Subscription::read);

  static final TypeInformation<PlateInterest> PLATE_INTEREST =
      ofFixed("plate-interest", PlateInterest.class, PlateInterest::write, PlateInterest::read);
  static final TypeInformation<ForDevice> FOR_DEVICE =
      ofFixed("for-device", ForDevice.class, ForDevice::write, ForDevice::read);
  static final TypeInformation<DeviceQuestion> DEVICE_QUESTION =
      ofFixed("device-question", DeviceQuestion.class, DeviceQuestion::write, DeviceQuestion::read);

  /** All that is published but dead letters. */
  public static final TypeInformation<Output> OUTPUT =
      ofFixed("output", Output.class, DossierWire::writeOutput, DossierWire::readOutput);

  static final TypeInformation<TripClaim> CLAIM =
      ofFixed("claim", TripClaim.class, DossierWire::writeClaim, DossierWire::readClaim);

  static final TypeInformation<DayFigures> DAY_FIGURES =
      ofFixed("day-figures", DayFigures.class, DossierWire::writeDay, DossierWire::readDay);
  static final TypeInformation<ClaimDesk> CLAIM_DESK =
      ofChanging("claim-desk", ClaimDesk.class, ClaimDesk::write, ClaimDesk::read);

  private Wires() {}

  private static <T> TypeInformation<T> ofFixed(
      String name,
      Class<T> typeClass,
      WireSerializer.Writer<T> writer,
      WireSerializer.Reader<T> reader) {
    return of(typeClass, new WireSerializer<>(name, true, writer, reader));
  }

  private static <T> TypeInformation<T> ofChanging(
      String name,
      Class<T> typeClass,
      WireSerializer.Writer<T> writer,
      WireSerializer.Reader<T> reader) {
    return of(typeClass, new WireSerializer<>(name, false, writer, reader));
  }

  private static <T> TypeInformation<T> of(Class<T> typeClass, WireSerializer<T> serializer) {
    if (BY_NAME.put(serializer.name(), serializer) != null) {
      throw new IllegalStateException("two types are named " + serializer.name());
    }
    return new WireType<>(typeClass, serializer);
  }

  /** The serializer of a name. */
  static TypeSerializer<?> named(String name) {
    TypeSerializer<?> serializer = BY_NAME.get(name);
    if (serializer == null) {
      throw new IllegalStateException(
          "the state holds "
              + name
              + ", which this build does not know: restore with the build that wrote it");
    }
    return serializer;
  }

  private static void writeIncoming(Incoming incoming, DataOutput out) throws IOException {
    out.writeBoolean(incoming.event() != null);
    if (incoming.event() != null) {
      Wire.write(incoming.event(), out);
      Origin.write(incoming.origin(), out);
    } else {
      writeLetter(incoming.deadLetter(), out);
    }
  }

  private static Incoming readIncoming(DataInput in) throws IOException {
    return in.readBoolean()
        ? Incoming.accepted(Wire.read(in), Origin.read(in))
        : Incoming.refused(readLetter(in));
  }

  private static void writeLetter(DeadLetter letter, DataOutput out) throws IOException {
    out.writeByte(letter.reason().ordinal());
    Wire.writeString(letter.detail(), out);
    Origin.write(
        new Origin(letter.source(), letter.partition(), letter.position(), letter.value()), out);
  }

  private static DeadLetter readLetter(DataInput in) throws IOException {
    DeadLetter.Reason reason = DeadLetter.Reason.values()[in.readByte()];
    String detail = Wire.readString(in);
    return Origin.read(in).refused(reason, detail);
  }
}
