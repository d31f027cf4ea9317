"""compile: a month of copy to a draft issue. Pure: values in, values out; people decide on the desk."""
