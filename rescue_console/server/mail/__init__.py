"""Mail by the Rescue servers: templates, composing, the message itself, delivery, the queue.

``template`` and ``compose`` make the words, ``message`` the bytes, ``transport`` hands them to a
mail server (or a folder), and ``queue`` sees to it that an accepted mail is sent, or refused for
good.
"""
