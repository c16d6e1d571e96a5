"""The pages: a Django project; one small app per thing a person does."""
