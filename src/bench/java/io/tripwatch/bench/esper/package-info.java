/** The three rules in Esper, which is GPL and therefore only ever here. */
package io.tripwatch.bench.esper;
