package org.docaxis.client;

/** A call did not do what it was asked for. Which of the subclasses it is tells what to do about it. */
public abstract class DocaxisException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DocaxisException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the same call may succeed later without anybody changing anything. */
  public abstract boolean isRetryable();
}
