/**
 * Replay: the topics of the contract as files.
 *
 * <p>A folder is read twice. The first reading ({@link io.tripwatch.files.ReplayFolder#order})
 * takes from every line its time of arrival only: a file whose lines are in order is left alone,
 * any other is sorted on disk. The second ({@link io.tripwatch.files.FolderSource}) merges them
 * all. So a month is replayed in bounded memory, and files in order cost no disk.
 *
 * <p>Outputs ({@link io.tripwatch.files.OutputFolder}) are written beside their final place and
 * moved there only when the whole replay has succeeded.
 */
package io.tripwatch.files;
