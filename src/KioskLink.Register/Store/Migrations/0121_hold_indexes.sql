-- An index over some rows only serves no question whose value comes with it: these are over all rows.
DROP INDEX items_title;
DROP INDEX holds_title;
DROP INDEX holds_copy;
DROP INDEX holds_item;
CREATE INDEX items_title ON items (consortium, title_id);
CREATE INDEX holds_title ON holds (consortium, title_id);
CREATE INDEX holds_copy ON holds (consortium, copy_id);
CREATE INDEX holds_item ON holds (consortium, item_id);
