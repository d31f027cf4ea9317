"""The pages of the desk: each view parses, calls one function of `yuebao.desk`, and shows. Who may is settled in `doors`."""
