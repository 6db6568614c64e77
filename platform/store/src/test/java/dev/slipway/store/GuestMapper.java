package dev.slipway.store;

import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** What a plugin tries. */
interface GuestMapper {
  @Insert("insert into guest_note (id, tenant_id, text) values (gen_random_uuid(), #{t}, #{text})")
  void note(@Param("t") UUID tenant, @Param("text") String text);

  @Select("select count(*) from guest_note")
  long notes();

  @Select("select count(*) from guest_flag")
  long flags();

  @Select("select count(*) from toy_thing")
  long things();

  @Select("delete from toy_thing returning id")
  UUID deleteThings();

  @Select("select count(*) from store_changelog")
  long changelogs();
}
