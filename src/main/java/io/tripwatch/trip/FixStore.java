package io.tripwatch.trip;

/**
 * Where the fixes of a driver are that are not held in memory: those from the acceptance of an open
 * order on, up to the last two hours. They are asked for again when a pickup time is moved into the
 * past, or when a fix comes later than any should.
 */
public interface FixStore {
  /** Keeps nothing: of a driver who is only looked at. */
  FixStore NONE =
      new FixStore() {
        @Override
        public void put(long piece, byte[] fixes) {
          // Nothing is kept.
        }

        @Override
        public byte[] get(long piece) {
          return null;
        }
      };

  /**
   * Puts a piece in, in place of the one before.
   *
   * @param piece as {@link DriverWire#pieceOf} numbers it
   * @param fixes as {@link FixLog#writePiece} writes them
   */
  void put(long piece, byte[] fixes);

  /** A piece; null if there is none. */
  byte[] get(long piece);
}
