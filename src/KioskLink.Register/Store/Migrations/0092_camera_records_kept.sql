-- Copies and viewings of the camera register go after the profile's period (R61, R62, R71).
CREATE INDEX camera_copies_session ON camera_copies (session_id);
CREATE INDEX camera_references_session ON camera_references (session_id);
CREATE INDEX camera_sessions_completed ON camera_sessions (consortium, completed_at) WHERE completed_at IS NOT NULL;
