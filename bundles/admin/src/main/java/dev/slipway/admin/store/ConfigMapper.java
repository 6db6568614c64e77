package dev.slipway.admin.store;

import dev.slipway.admin.ConfigVar;
import dev.slipway.data.Table;
import dev.slipway.data.TableMapper;
import java.util.List;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** Statements on {@code admin_config}. */
public interface ConfigMapper extends TableMapper<ConfigVar> {
  Table TABLE =
      Table.of(
          "admin_config",
          "id",
          "version",
          "name",
          "type",
          "value",
          "description",
          "options",
          "system",
          "created_at",
          "updated_at");

  /** All of them, in order of name; their number is bounded where they are added. */
  @Select("select * from admin_config order by name")
  List<ConfigVar> all();

  @Select("select * from admin_config where name = #{name} for update")
  @Nullable ConfigVar named(String name);

  @Select("select count(*) from admin_config")
  int count();
}
