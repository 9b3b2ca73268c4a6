"""The program itself: settings, language, theme, jobs, log file, unexpected errors."""
