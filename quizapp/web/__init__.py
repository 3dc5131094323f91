"""Pages of the app; knows requests and templates, and leaves every rule to the layers below."""
