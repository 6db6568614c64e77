package com.example.greeting;

import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements on the plugin's table. */
public interface GreetingMapper extends TableMapper<Greeting> {
  /** Its columns. */
  Table TABLE =
      Table.of("example_greeting_greeting", "id", "tenant_id", "name", "text", "created_at");

  /** The newest ones. */
  @Select(
      """
      select * from example_greeting_greeting
      order by created_at desc, id desc limit #{limit} offset #{offset}
      """)
  List<Greeting> page(@Param("limit") int limit, @Param("offset") int offset);

  /** How many there are. */
  @Select("select count(*) from example_greeting_greeting")
  long count();

  /** Drops old ones. */
  @Delete("delete from example_greeting_greeting where created_at < #{before}")
  int deleteBefore(Instant before);
}
