"""Pictures of dialogs and of an area's pathway, drawn from what was loaded."""
