"""Mail by the Rescue servers: templates, composing, the message itself and its delivery.

``template`` and ``compose`` write the text, ``message`` builds the bytes, and ``transport`` hands
them to a mail server (or a folder). The queue in ``server/rules/post/queue.py`` sees to it that an
accepted mail is sent or finally refused.
"""
