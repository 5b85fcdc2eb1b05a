package io.tripwatch.simulate;

import io.tripwatch.event.Topic;

/**
 * One record as the platform's gateway hands it on.
 *
 * @param key the Kafka key
 * @param arrivalMs when the platform got it: receivedAt, where absent eventTime; milliseconds since
 *     1970
 * @param json the record's bytes, without a line's end; not always JSON, for records may be
 *     malformed
 */
public record Delivery(Topic topic, String key, long arrivalMs, byte[] json) {}
