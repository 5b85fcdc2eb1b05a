/** How soon the shipped job says what it finds. */
package io.tripwatch.bench.latency;
