package dev.slipway.agent.logs;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.agent.os.AtomicFile;
import dev.slipway.proto.agent.v1.LogEntry;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A first-in-first-out queue of log entries in segment files, so that lines outlive a restart and
 * an absent control plane. When it is full the oldest segment goes and its entries are counted as
 * dropped. Entries can be read twice after a crash, never lost but by being dropped. Thread-safe.
 */
public final class LogSpool {
  private static final int MAX_BATCH_ENTRIES = 100;
  private static final int MAX_BATCH_BYTES = 1 << 20;
  private static final long SEGMENT_BYTES = 1 << 20;

  private final Path folder;
  private final Path cursorFile;
  private final long maxBytes;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private long readOffset;
  private long batchEnd;
  private long dropped;
  private long faults;

  private static final class Segment {
    private final long number;
    private final Path file;
    private long bytes;

    Segment(long number, Path file, long bytes) {
      this.number = number;
      this.file = file;
      this.bytes = bytes;
    }
  }

  public LogSpool(Path folder, long maxBytes) throws IOException {
    this.folder = AtomicFile.folder(folder);
    this.cursorFile = folder.resolve("cursor");
    this.maxBytes = maxBytes;
    var numbers = new ArrayList<Long>();
    try (var files = Files.newDirectoryStream(folder, "*.segment")) {
      for (var file : files) {
        var name = file.getFileName().toString();
        numbers.add(Long.parseLong(name.substring(0, name.indexOf('.'))));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    numbers.sort(null);
    for (var number : numbers) {
      segments.add(new Segment(number, place(number), Files.size(place(number))));
    }
    restoreCursor();
    // A crash can leave half an entry at the end of a segment, so nothing is ever added behind one.
    openSegment(numbers.isEmpty() ? 1 : numbers.getLast() + 1);
  }

  private void restoreCursor() throws IOException {
    if (!Files.exists(cursorFile) || segments.isEmpty()) {
      return;
    }
    var parts = Files.readString(cursorFile).strip().split(" ");
    if (parts.length == 2 && Long.parseLong(parts[0]) == segments.getFirst().number) {
      readOffset = Long.parseLong(parts[1]);
    }
  }

  private Path place(long number) {
    return folder.resolve("%016d.segment".formatted(number));
  }

  private void openSegment(long number) {
    segments.addLast(new Segment(number, place(number), 0));
  }

  public synchronized void append(LogEntry entry) throws IOException {
    var bytes = new ByteArrayOutputStream(entry.getSerializedSize() + 5);
    entry.writeDelimitedTo(bytes);
    var last = segments.getLast();
    if (last.bytes >= SEGMENT_BYTES) {
      openSegment(last.number + 1);
      last = segments.getLast();
    }
    while (segments.size() > 1 && total() + bytes.size() > maxBytes) {
      dropOldest();
    }
    try {
      Files.write(
          last.file, bytes.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      last.bytes += bytes.size();
    } catch (IOException e) {
      // A full disk, mostly. The line is lost and counted; the ones before it stay readable.
      dropped++;
      faults++;
      cutOff(last);
    }
  }

  /** Takes away what was written of an entry; where not even that works, nothing follows it. */
  private void cutOff(Segment segment) {
    try (var channel =
        FileChannel.open(segment.file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(segment.bytes);
    } catch (IOException e) {
      openSegment(segment.number + 1);
    }
  }

  private long total() {
    return segments.stream().mapToLong(s -> s.bytes).sum();
  }

  private void dropOldest() throws IOException {
    var oldest = segments.getFirst();
    var entries = new ArrayList<LogEntry>();
    read(oldest, readOffset, Integer.MAX_VALUE, Long.MAX_VALUE, entries::add);
    dropped += entries.size();
    discardFirst();
  }

  private void discardFirst() throws IOException {
    Files.deleteIfExists(segments.removeFirst().file);
    readOffset = 0;
    batchEnd = 0;
  }

  /** The oldest entries, at most a batch; the same again until they are {@link #confirm}ed. */
  public synchronized List<LogEntry> peek() throws IOException {
    var batch = new ArrayList<LogEntry>();
    while (batch.isEmpty()) {
      var first = segments.getFirst();
      batchEnd =
          Files.exists(first.file)
              ? read(first, readOffset, MAX_BATCH_ENTRIES, MAX_BATCH_BYTES, batch::add)
              : 0;
      if (!batch.isEmpty() || segments.size() == 1) {
        break;
      }
      discardFirst();
    }
    return batch;
  }

  private interface Taker {
    void take(LogEntry entry);
  }

  /** Returns the offset behind the last whole entry that was taken. */
  private static long read(Segment segment, long from, int most, long mostBytes, Taker taker)
      throws IOException {
    if (!Files.exists(segment.file)) {
      return from;
    }
    long offset = from;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(segment.file))) {
      in.skipNBytes(Math.min(from, segment.bytes));
      for (int i = 0; i < most && offset < segment.bytes && offset - from < mostBytes; i++) {
        var entry = LogEntry.parseDelimitedFrom(in);
        if (entry == null) {
          break;
        }
        taker.take(entry);
        int size = entry.getSerializedSize();
        offset += size + CodedOutputStream.computeUInt32SizeNoTag(size);
      }
    } catch (InvalidProtocolBufferException e) {
      // Half an entry after a crash: what stood before it has been taken.
      return segment.bytes;
    }
    return offset;
  }

  /** The last batch has arrived. */
  public synchronized void confirm() throws IOException {
    if (batchEnd <= readOffset) {
      return;
    }
    readOffset = batchEnd;
    if (readOffset >= segments.getFirst().bytes && segments.size() > 1) {
      discardFirst();
    }
    AtomicFile.write(
        cursorFile,
        (segments.getFirst().number + " " + readOffset).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * @param bytes on disk
   * @param dropped entries since the start
   * @param faults entries of those that could not be written
   */
  public record State(long bytes, int segments, long dropped, long faults) {}

  public synchronized State state() {
    return new State(total(), segments.size(), dropped, faults);
  }
}
