/**
 * JSON to records and back. The only package that knows Jackson.
 *
 * <p>{@link io.tripwatch.codec.EventDecoder} turns the bytes of a record into an event or a
 * refusal, {@link io.tripwatch.codec.AlertJson} and {@link io.tripwatch.codec.DeadLetterJson} write
 * what goes out, {@link io.tripwatch.codec.SettingsTree} reads settings.
 */
package io.tripwatch.codec;
