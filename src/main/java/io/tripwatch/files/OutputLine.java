package io.tripwatch.files;

/**
 * One revision of one output, ready to be written.
 *
 * @param id the output's id, unique within its file
 * @param revision from 1 within an epoch
 * @param gone whether this revision says that the output no longer holds ({@code RETRACTED})
 * @param json one JSON object in UTF-8, without a line's ending
 */
public record OutputLine(String id, int epoch, int revision, boolean gone, byte[] json) {}
