"""Watches on the register: which changes of which lines are told to whom. Pure; others keep, show and deliver alerts.

A watch asks for lines and for kinds of changes. How a line stood is compared with how it stands, fact by fact; what
came, went or changed is one alert for each watch that asks for the line.
"""
