/** The pieces of the hot path, each by itself, measured with JMH. */
package io.tripwatch.bench.pieces;
