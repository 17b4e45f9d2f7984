package org.docaxis.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Some bytes of a file, read while they are asked for. */
final class FilePart extends InputStream {
  private final InputStream from;
  private long remaining;

  FilePart(Path file, long start, long length) throws IOException {
    from = Files.newInputStream(file);
    remaining = length;
    for (long toSkip = start; toSkip > 0; ) {
      long skipped = from.skip(toSkip);
      if (skipped <= 0) throw new EOFException(file + " ends before byte " + start);
      toSkip -= skipped;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] chunk, int offset, int length) throws IOException {
    if (remaining == 0) return -1;
    int count = from.read(chunk, offset, (int) Math.min(length, remaining));
    if (count < 0) throw new EOFException("the file became shorter while it was sent");
    remaining -= count;
    return count;
  }

  @Override
  public void close() throws IOException {
    from.close();
  }
}
