/** From a real broker: the shipped job, and Kafka Streams. */
package io.tripwatch.bench.broker;
