package dev.slipway.data;

import dev.slipway.api.Scope;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A bundle's view of the database. Every bundle that references this service gets one of its own,
 * after its changelog has run.
 *
 * <p>Columns map to record components by name (snake_case to camelCase). {@code uuid}, {@code
 * timestamptz} (Instant), {@code jsonb} (List and Map of what JSON has), enums (lower case text)
 * and the usual types are known.
 */
@ProviderType
public interface Database {
  /**
   * A mapper whose calls run in the current unit of work. Statements that are not standard stand in
   * an XML file beside the interface, {@code XMapper.xml} with the interface's name as namespace.
   *
   * @throws IllegalStateException on a call outside {@link #read} and {@link #write}
   */
  <M> M mapper(Class<M> type);

  /**
   * Reads. A single statement needs one round trip; several are not isolated from each other.
   * Inside another unit of work it joins that one.
   *
   * @throws IllegalStateException where the current unit of work has another scope
   */
  <T> T read(Scope scope, Supplier<T> work);

  /**
   * Changes, all or nothing: commits when the work returns, rolls back when it throws. Inside
   * another writing unit of work it joins that one.
   *
   * @throws ConstraintViolation where a unique, foreign key or check constraint refuses the change
   * @throws IllegalStateException where the current unit of work has another scope or only reads
   */
  <T> T write(Scope scope, Supplier<T> work);

  /** As {@link #write(Scope, Supplier)} without a result. */
  default void run(Scope scope, Runnable work) {
    write(
        scope,
        () -> {
          work.run();
          return true;
        });
  }

  /**
   * Runs the action once the current writing unit of work has committed; not at all if it does not.
   */
  void afterCommit(Runnable action);
}
