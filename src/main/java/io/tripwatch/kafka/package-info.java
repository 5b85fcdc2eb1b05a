/** Kafka: the topics, what reads and writes them, and a broker for where there is none. */
package io.tripwatch.kafka;
