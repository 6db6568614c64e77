package dev.slipway.data;

import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.DeleteProvider;
import org.apache.ibatis.annotations.InsertProvider;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.SelectProvider;
import org.apache.ibatis.annotations.UpdateProvider;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The standard statements of one table; a mapper interface extends it and declares {@code Table
 * TABLE = Table.of(…)}.
 *
 * @param <T> the row, a record with a component per column
 */
@ConsumerType
public interface TableMapper<T> {
  /** The row with this id; null where there is none (or none in this tenant). */
  @SelectProvider(type = TableStatements.class, method = "find")
  @Nullable T find(UUID id);

  /** As {@link #find}, and locks the row until the unit of work ends. */
  @SelectProvider(type = TableStatements.class, method = "lock")
  @Nullable T lock(UUID id);

  /** The rows with these ids, in no order. */
  @SelectProvider(type = TableStatements.class, method = "findAll")
  List<T> findAll(@Param("ids") UUID[] ids);

  /** Adds a row. */
  @InsertProvider(type = TableStatements.class, method = "insert")
  void insert(T row);

  /**
   * Writes all columns of a row. In a versioned table the row must carry the version that was read.
   *
   * @return 1, or 0 where the row is gone or has another version
   */
  @UpdateProvider(type = TableStatements.class, method = "update")
  int update(T row);

  /** Removes a row and returns how many there were. */
  @DeleteProvider(type = TableStatements.class, method = "delete")
  int delete(UUID id);
}
