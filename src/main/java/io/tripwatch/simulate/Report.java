package io.tripwatch.simulate;

import io.tripwatch.event.Topic;

/**
 * Something that truly happened and is told to the platform once, before the network has had its
 * way with it.
 *
 * @param atMs when it happened, by a good clock, milliseconds since 1970
 * @param teller who tells it
 * @param clockAheadMs how much the teller's clock is ahead
 * @param fields the record's JSON fields but for its times, without braces
 */
record Report(Topic topic, String key, long atMs, Teller teller, long clockAheadMs, String fields) {

  /** Who tells the platform, and so what can go wrong on the way. */
  enum Teller {
    /** The driver's phone: it can be offline, and its clock can be wrong. */
    PHONE,
    /** A vehicle terminal, or an outside service: its records can be late. */
    OUTSIDE,
    /** The platform itself: quick, and on time. */
    PLATFORM,
    /** People at desks: their records carry no receivedAt. */
    DESK
  }
}
