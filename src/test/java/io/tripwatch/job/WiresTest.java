package io.tripwatch.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tripwatch.event.FlightKey;
import io.tripwatch.verdict.Claimed;
import io.tripwatch.verdict.DayFigures;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class WiresTest {
  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    assertReadAgain(Wires.FOR_DRIVER, new ForDriver("d-1", Given.vehicle(1, "京A·12345")));
    assertReadAgain(Wires.FIX, Given.vehicle(1, "A1"));
    assertReadAgain(Wires.EVENT, Given.accepted(1, "d-1", "A1"));
    assertReadAgain(Wires.FOR_DEVICE, new ForDevice("p-1", Given.login(1, "d-1", "p-1")));
    assertReadAgain(Wires.DEVICE_QUESTION, new DeviceQuestion("p-1", "d-1", 7));
    assertReadAgain(Wires.PLATE_INTEREST, new PlateInterest("A1", "d-1", "o-1", 1, 2, 3, 4));
    assertReadAgain(Wires.SUBSCRIPTION, new Subscription(new FlightKey("CA1", null, "CTU"), "d-1"));
  }

  private static <T> void assertReadAgain(TypeInformation<T> type, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    serializer(type).serialize(value, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertEquals(value, serializer(type).deserialize(in));
    assertEquals(0, in.available());
  }

  @Test
  void stateFindsTheSerializerOfEveryTypeAgain() throws Exception {
    for (TypeInformation<?> type : all().values()) {
      TypeSerializer<?> serializer = serializer(type);
      DataOutputSerializer out = new DataOutputSerializer(16);
      TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
      TypeSerializerSnapshot<?> read =
          TypeSerializerSnapshot.readVersionedSnapshot(
              new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
      assertEquals(serializer, read.restoreSerializer());
    }
  }

  @Test
  void stateOfAnotherTypeIsRefused() {
    assertTrue(isReadAs(Wires.EVENT, Wires.EVENT));
    assertTrue(!isReadAs(Wires.EVENT, Wires.FOR_DRIVER));
  }

  @SuppressWarnings("unchecked")
  private static <A, B> boolean isReadAs(TypeInformation<A> written, TypeInformation<B> read) {
    TypeSerializerSnapshot<B> before =
        (TypeSerializerSnapshot<B>) serializer(written).snapshotConfiguration();
    return serializer(read)
        .snapshotConfiguration()
        .resolveSchemaCompatibility(before)
        .isCompatibleAsIs();
  }

  @Test
  void stateOfATypeThisBuildDoesNotKnowSaysWhatToDo() {
    String message =
        assertThrows(IllegalStateException.class, () -> Wires.named("no-such-type")).getMessage();
    assertEquals(
        "the state holds no-such-type, which this build does not know: restore with the build"
            + " that wrote it",
        message);
  }

  @Test
  void everyTypeTravelsWithTheJob() throws Exception {
    for (TypeInformation<?> type : all().values()) {
      TypeInformation<?> copy = InstantiationUtil.clone(type);
      assertEquals(type, copy);
      assertEquals(serializer(type), serializer(copy));
    }
  }

  @Test
  void whatChangesIsCopiedAndWhatDoesNotIsNot() {
    ForDriver fixed = new ForDriver("d-1", Given.vehicle(1, "A1"));
    assertSame(fixed, serializer(Wires.FOR_DRIVER).copy(fixed));
    ClaimDesk desk = new ClaimDesk();
    desk.learn(Claimed.trip().claim());
    ClaimDesk copy = serializer(Wires.CLAIM_DESK).copy(desk);
    assertNotSame(desk, copy);
    List<DayFigures> days = new ArrayList<>();
    copy.publish(1, any -> {}, days::add);
    assertEquals(1, days.size());
  }

  private static Map<String, TypeInformation<?>> all() throws IllegalAccessException {
    Map<String, TypeInformation<?>> all = new TreeMap<>();
    for (Field field : Wires.class.getDeclaredFields()) {
      field.setAccessible(true);
      if (field.get(null) instanceof TypeInformation<?> type) {
        all.put(field.getName(), type);
      }
    }
    assertTrue(all.size() > 10);
    return all;
  }

  private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
    return type.createSerializer(
        new org.apache.flink.api.common.serialization.SerializerConfigImpl());
  }
}
