package io.tripwatch.codec;

import io.tripwatch.event.Place;
import io.tripwatch.event.Plates;
import io.tripwatch.event.Stamp;
import java.util.List;
import java.util.Map;

/**
 * The fields of one object, each asked for by name and type. Null is absent. An integer must be
 * written as one: {@code 1.0}, {@code 1e3} and {@code "1"} are refused, for nobody who counts
 * milliseconds or cents writes them so.
 */
interface Fields {
  /** What a {@link Stamp} keeps of the record. */
  String canonical();

  boolean has(Field field);

  /** An id: 1 to 64 of A–Z a–z 0–9 . _ : - but not - alone. */
  String id(Field field) throws Refusal;

  default String idOrNull(Field field) throws Refusal {
    return has(field) ? id(field) : null;
  }

  List<String> ids(Field field) throws Refusal;

  /** The name of a city: 1 to 64 characters of any script, none of them a control character. */
  String city(Field field) throws Refusal;

  /** A plate as it was written: up to 16 characters, at least one of them a letter or digit. */
  String plate(Field field) throws Refusal;

  /** The same plate as it is compared. */
  default String plateKey(Field field) throws Refusal {
    return Plates.key(plate(field));
  }

  /** What a verdict is about: any 1 to 512 characters. */
  String subject(Field field) throws Refusal;

  String text(Field field) throws Refusal;

  default String textOrNull(Field field) throws Refusal {
    return has(field) ? text(field) : null;
  }

  /** Absent is empty. */
  List<String> texts(Field field) throws Refusal;

  String date(Field field) throws Refusal;

  default String dateOrNull(Field field) throws Refusal {
    return has(field) ? date(field) : null;
  }

  <E extends Enum<E>> E oneOf(Words<E> words, Field field) throws Refusal;

  default <E extends Enum<E>> E oneOf(Words<E> words, Field field, E whereAbsent) throws Refusal {
    return has(field) ? oneOf(words, field) : whereAbsent;
  }

  boolean flag(Field field) throws Refusal;

  long instant(Field field) throws Refusal;

  default long instantOrAbsent(Field field) throws Refusal {
    return has(field) ? instant(field) : Stamp.ABSENT;
  }

  long cents(Field field) throws Refusal;

  default long centsOrNone(Field field) throws Refusal {
    return has(field) ? cents(field) : 0;
  }

  int stars(Field field) throws Refusal;

  double number(Field field) throws Refusal;

  default double numberOr(Field field, double whereAbsent) throws Refusal {
    return has(field) ? number(field) : whereAbsent;
  }

  double seconds(Field field) throws Refusal;

  double latitude(Field field) throws Refusal;

  double longitude(Field field) throws Refusal;

  Place place(Field field) throws Refusal;

  Map<String, Object> map(Field field) throws Refusal;
}
